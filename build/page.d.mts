import type { Plugin as EsbuildPlugin } from 'esbuild'

export function pagePlugin(inputs?: Set<string>): EsbuildPlugin
export function vitePagePlugin(): {
  name: string
  enforce: 'pre'
  resolveId(id: string): string | undefined
  load(id: string): Promise<string | undefined>
}
