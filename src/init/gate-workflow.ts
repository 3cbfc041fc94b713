/** The workflow of a gate whose pull requests come from the repository itself: it measures and comments in one job. */
import { CHECKOUT, concurrency, NO_RIGHTS, setupSteps, TAILGATE, type WorkflowPlan } from './workflow.ts'

export function gateWorkflow({ setups, branch }: WorkflowPlan): string {
  return [
    '# Measures base and head of every pull request on one runner, and fails if head is slower.',
    '# Written by `tailgate init`; from here on it is yours.',
    'name: Tailgate',
    'on:',
    '  pull_request:',
    '  merge_group:',
    '  # What is on the default branch is kept, for the trend and for when base cannot be measured.',
    '  push:',
    `    branches: [${JSON.stringify(branch)}]`,
    '',
    ...NO_RIGHTS,
    '',
    ...concurrency('tailgate'),
    '',
    'jobs:',
    '  performance:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 60',
    '    permissions:',
    '      contents: read',
    '      # For the comment. In a pull request of a fork GitHub grants read only, and the job summary has the report;',
    '      # `tailgate init --fork-safe` writes workflows that comment there as well.',
    '      pull-requests: write',
    '    steps:',
    ...CHECKOUT,
    ...setupSteps(setups),
    ...TAILGATE,
    '',
  ].join('\n')
}
