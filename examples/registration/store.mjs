// PostgreSQL where there is one, else the journal.
import { findPostgres } from './find-postgres.mjs'

export const store =
  findPostgres() === undefined ? await import('./journal-store.mjs') : await import('./postgres-store.mjs')
