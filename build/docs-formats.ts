/** Writes docs/formats.md: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { formatsPage } from './formats-page.ts'

writeFileSync('docs/formats.md', formatsPage())
