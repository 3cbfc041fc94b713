import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anchors, hrefOf } from '../../src/reporters/html/anchors.ts'
import { embedded, markup } from '../../src/reporters/html/markup.ts'
import { hostile } from '../reporters/hostile-text.ts'

test('values are text, in content and in attributes; markup stays', () => {
  const inner = markup`<b>${'<i>'}</b>`
  expect(markup`<p title="${'" onload=x'}">${inner}${undefined}${[inner, 3]}</p>`.markup).toBe(
    '<p title="&quot; onload=x"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
  )
})

test('what nobody sees is gone: it would change what the page seems to say', () => {
  expect(markup`${'a\u202eb\u0000c\u200bd\ud800\ne'}`.markup).toBe('abcd\ne')
})

test('embedded data cannot end its element, and is what it was', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const written = embedded({ text }).markup
      expect(written).not.toMatch(/[<\u2028\u2029]/)
      expect(JSON.parse(written)).toEqual({ text })
    }),
    { seed: 2 },
  )
  expect(embedded('</script>').markup).toBe('"\\u003c/script>"')
})

test('every benchmark has an address of its own', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 30 }), (names) => {
      const ids = [...anchors(names).values()]
      expect(new Set(ids).size).toBe(names.length)
      for (const id of ids) {
        expect(id).toMatch(/^b-[^\s<>"'&%#]*$/u)
        expect(decodeURIComponent(hrefOf(id))).toBe(`#${id}`)
      }
    }),
    { seed: 3 },
  )
  expect([...anchors(['json/parse', 'a b', 'a  b', 'search[connections=5]']).values()]).toEqual([
    'b-json/parse',
    'b-a-b',
    'b-a-b-2',
    'b-search[connections=5]',
  ])
})
