/** The page's script. Without it the verdict and the table are there; with it they can be searched, sorted and opened. */
import type { PageData } from '../reporters/html/page-data.ts'
import { openable } from './opening.ts'
import { searchable } from './search.ts'

const table = document.querySelector<HTMLTableElement>('#comparisons')
if (table !== null) {
  const data = JSON.parse(document.querySelector('#data')!.textContent) as PageData
  const showAll = searchable(table, data)
  openable(table, data, showAll)
}
