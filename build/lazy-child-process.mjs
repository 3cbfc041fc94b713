/**
 * commander requires node:child_process for sub-commands that are programs of their own. We have none, and loading it
 * costs a start of the command line 4 ms: it is loaded if it is ever called.
 */
export const lazyChildProcess = {
  name: 'lazy-child-process',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: 'child-process', namespace: 'lazy' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: 'module.exports = { spawn: (...args) => require("node:child_process").spawn(...args) }',
      loader: 'js',
    }))
  },
}
