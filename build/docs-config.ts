/** Writes tailgate.schema.json and docs/configuration.md: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { configurationPage, schemaFile } from './configuration-page.ts'

writeFileSync('tailgate.schema.json', schemaFile())
writeFileSync('docs/configuration.md', configurationPage())
