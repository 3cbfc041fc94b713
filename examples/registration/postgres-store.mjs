// Registrations and claims in PostgreSQL. Everything takes a session of postgres.mjs.
import { connect } from './postgres.mjs'

const SCHEMA = `
  create table if not exists people (
    id serial primary key,
    kind text not null check (kind in ('member', 'agent')),
    email text not null unique,
    registered timestamptz not null default now()
  );
  create table if not exists policies (
    id int primary key,
    cover int not null check (cover >= 0),
    claims int not null default 0
  );
  create table if not exists claims (
    key text primary key,
    policy int not null references policies,
    number int not null,
    amount int not null check (amount > 0),
    unique (policy, number)
  );
  insert into policies select id, 1000000 from generate_series(1, 1000) id on conflict do nothing`

export const open = connect
export const name = (session) => `PostgreSQL ${session.settings.server_version.split(' ')[0]}`
export const prepare = (session) => session.query(SCHEMA)

/** The number of the registration; undefined: the address is registered already. */
export async function register(session, kind, email) {
  const sql = 'insert into people (kind, email) values ($1, $2) on conflict (email) do nothing returning id'
  const [row] = await session.query(sql, [kind, email])
  return row?.id
}

/**
 * One claim on a policy: the next number of that policy, and so much less cover. Claims on one policy wait for each other
 * at its row; the same claim told twice is one claim. `number` is undefined where the cover does not suffice.
 */
export async function claim(session, key, policy, amount) {
  await session.query('begin')
  try {
    const [held] = await session.query('select cover, claims from policies where id = $1 for update', [
      policy,
    ])
    const [known] = await session.query('select number from claims where key = $1', [key])
    const covered = held !== undefined && held.cover >= amount
    const number = known?.number ?? (covered ? held.claims + 1 : undefined)
    if (known === undefined && covered) {
      const insert = 'insert into claims (key, policy, number, amount) values ($1, $2, $3, $4)'
      await session.query(insert, [key, policy, number, amount])
      const update = 'update policies set cover = cover - $2, claims = $3 where id = $1'
      await session.query(update, [policy, amount, number])
    }
    await session.query('commit')
    return { number, told: known !== undefined }
  } catch (error) {
    if (session.broken === undefined) await session.query('rollback')
    throw error
  }
}

/** How many of each kind. Waits for maintenance, which nothing else does. */
export async function report(session) {
  const sql = `with turn as materialized (select pg_advisory_xact_lock_shared(1))
    select kind, count(people) from turn, people group by kind`
  return session.query(sql, [], 10_000)
}

/** While it lasts, reports wait. */
export const maintain = (session) => session.query('select pg_advisory_lock(1)')
export const endMaintenance = (session) => session.query('select pg_advisory_unlock(1)')

/** Sessions that wait for the end of maintenance. */
export async function waiting(session) {
  const sql = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
  return (await session.query(sql))[0].count
}

/** How many of these registrations are not there. */
export async function missing(session, ids) {
  const sql = `select count(*) from unnest($1::int[]) told (id)
    where not exists (select from people where people.id = told.id)`
  return (await session.query(sql, [`{${ids}}`]))[0].count
}

/** Records whose key begins so, and how many different keys and numbers these have. */
export async function registered(session, start) {
  const sql = 'select count(*), count(distinct email) as different from people where starts_with(email, $1)'
  return (await session.query(sql, [start]))[0]
}

/** The same of the claims on one policy, with its highest number and the cover that is left. */
export async function claimed(session, policy) {
  const sql = `select count(*), count(distinct key) as different, max(number), cover
    from policies join claims on policy = id where id = $1 group by cover`
  return (await session.query(sql, [policy]))[0]
}
