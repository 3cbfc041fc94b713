/** The workflow of release branches and tags. */
import { CHECKOUT, concurrency, NO_RIGHTS, setupSteps, TAILGATE, type WorkflowPlan } from './workflow.ts'

export function releaseWorkflow({ setups }: WorkflowPlan): string {
  return [
    '# Holds release branches and tags to the settings under `branches` of tailgate.yml, and compares them with the release',
    '# before: a tag with the tag before it, a branch with the last tag on it. Written by `tailgate init --release-gate`.',
    'name: Tailgate release',
    'on:',
    '  push:',
    '    branches: ["release/**"]',
    '    tags: ["v*"]',
    '',
    ...NO_RIGHTS,
    '',
    ...concurrency('tailgate-release'),
    '',
    'jobs:',
    '  performance:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 60',
    '    permissions:',
    '      contents: read',
    '    steps:',
    ...CHECKOUT,
    ...setupSteps(setups),
    '      # Without a tag nothing is named, and the commit before the push is base.',
    '      - id: last',
    "        if: github.ref_type == 'branch'",
    '        run: echo "tag=$(git describe --tags --abbrev=0 HEAD^ || true)" >> "$GITHUB_OUTPUT"',
    ...TAILGATE,
    '        with:',
    '          base: ${{ steps.last.outputs.tag }}',
    '          # Tells this gate apart from that of pull requests.',
    '          id: release',
    '',
  ].join('\n')
}
