/** Links to the chapters of the page: a table of hundreds of rows stands between them. */
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** Of what is there: a chapter's address and title are read from itself. */
export function contents(chapters: readonly (Markup | undefined)[]): Markup | undefined {
  const links = chapters.flatMap((chapter) => {
    const found = /^<section id="([a-z]+)"><h2>([^<]+)<\/h2>/.exec(chapter?.markup ?? '')
    return found === null ? [] : markup`<a href="#${found[1]!}">${found[2]!}</a>`
  })
  return links.length < 3 ? undefined : markup`<nav aria-label="Chapters">${links}</nav>\n`
}
