/** Actions of others that a written workflow uses: the full commit, and the release that it is. */
export interface Pin {
  readonly sha: string
  readonly version: string
}

/** A tag can be moved to other code; a commit cannot. */
export const PINS: Readonly<Record<string, Pin>> = {
  'actions/checkout': { sha: '9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0', version: 'v7.0.0' },
  'actions/setup-node': { sha: '53b83947a5a98c8d113130e565377fae1a50d02f', version: 'v6.3.0' },
  'actions/setup-go': { sha: '4b73464bb391d4059bd26b0524d20df3927bd417', version: 'v6.3.0' },
  'actions/setup-python': { sha: 'a309ff8b426b58ec0e2a45f0f869d46889d02405', version: 'v6.2.0' },
  'actions/setup-java': { sha: 'be666c2fcd27ec809703dec50e508c2fdc7f6654', version: 'v5.2.0' },
  'actions/upload-artifact': { sha: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', version: 'v7.0.1' },
  'grafana/setup-k6-action': { sha: 'db07bd9765aac508ef18982e52ab937fe633a065', version: 'v1.2.1' },
}
