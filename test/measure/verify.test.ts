import { expect, test } from 'vitest'
import { verifyLoss } from '../../src/measure/faults/verify.ts'
import { temporaryFolder } from '../cli/repository.ts'

function verify(line: string) {
  const folder = temporaryFolder()
  return verifyLoss(line, 10_000, {
    service: () => undefined,
    relays: () => [],
    folder,
    env: process.env,
    scratch: folder,
    signal: new AbortController().signal,
  })
}

test('the last line that is a whole number is what is lost; without one the exit code says it', async () => {
  expect(await verify('echo 7 of all; echo 3; echo done')).toMatchObject({ kind: 'told', lost: 3 })
  expect(await verify('echo nothing is missing')).toMatchObject({ kind: 'told', lost: 0 })
  expect(await verify('echo 0; exit 4')).toMatchObject({ kind: 'told', lost: 1 })
})

test.each(['NaN', 'undefined', 'null', 'None', '-Infinity'])('%s is no count', async (told) => {
  expect(await verify(`echo ${told}`)).toEqual({
    kind: 'error',
    reason: `verify \`echo ${told}\` told ${told}, which is no number of records`,
  })
})

test('what cannot run has told nothing', async () => {
  expect(await verify('./there-is-no-such-program')).toMatchObject({ kind: 'error' })
})
