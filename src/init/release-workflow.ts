/** The workflow of release branches and tags. */
import { CHECKOUT, concurrency, NO_RIGHTS, setupSteps, TAILGATE, type WorkflowPlan } from './workflow.ts'

export function releaseWorkflow({ findings }: WorkflowPlan): string {
  return [
    '# Holds release branches and tags to the settings under `branches` of tailgate.yml; a tag is compared with the tag',
    '# before it. Written by `tailgate init --release-gate`.',
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
    ...setupSteps(findings),
    ...TAILGATE,
    '        with:',
    '          # Tells this gate apart from that of pull requests.',
    '          id: release',
    '',
  ].join('\n')
}
