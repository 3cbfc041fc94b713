import type { Detector, Finding, Setup } from '../finding.ts'
import { someOf, under, within } from '../shell.ts'
import { filesNamed, folderOf, type Tree } from '../tree.ts'

const SHORT = '-f 1 -wi 2 -w 1 -i 5 -r 1 -rf json -rff jmh.json'
const NOTES = [
  'One fork a round: Tailgate makes the rounds, base and head in turn, so that forks of one side are not all alone.',
]

/** Run as the jar of all benchmarks that the build makes. */
export const jmh: Detector = {
  looksFor: 'JMH (org.openjdk.jmh in pom.xml, the plugin me.champeau.jmh in build.gradle)',
  detect(tree) {
    const sources = tree.paths.filter((path) => /\.(?:java|kt|scala)$/.test(path))
    const files = sources.filter((path) => /@Benchmark\b/.test(tree.text(path) ?? ''))
    if (files.length === 0) return []
    const maven = filesNamed(tree, /^pom\.xml$/).filter(({ text }) => text.includes('jmh-core'))
    const gradle = filesNamed(tree, /^build\.gradle(?:\.kts)?$/).filter(({ text }) =>
      text.includes('me.champeau.jmh'),
    )
    return [
      ...maven.map(({ path }) => ofMaven(tree, folderOf(path), files)),
      ...gradle.map(({ path }) => ofGradle(tree, folderOf(path), files)),
    ]
  },
}

function base(tree: Tree, folder: string, files: readonly string[]) {
  const mine = files.filter((path) => folder === '' || path.startsWith(`${folder}/`))
  return {
    tool: 'JMH',
    because: `${someOf(mine.length > 0 ? mine : files)} ${mine.length === 1 ? 'has' : 'have'} @Benchmark`,
    name: folder === '' ? 'jmh' : `jmh-${folder}`,
    format: 'jmh',
    output: under(folder, 'jmh.json'),
    notes: NOTES,
    setup: [java(tree)],
  }
}

function ofMaven(tree: Tree, folder: string, files: readonly string[]): Finding {
  const mvn = tree.paths.includes('mvnw') ? './mvnw' : 'mvn'
  const module = folder === '' ? '' : ` -pl ${folder} -am`
  const root = folder === '' || tree.paths.includes('pom.xml')
  return {
    ...base(tree, folder, files),
    run: within(folder, `java -jar target/benchmarks.jar ${SHORT}`),
    build: [
      root ? `${mvn} -B -q -DskipTests${module} package` : `${mvn} -B -q -DskipTests -f ${folder} package`,
    ],
  }
}

function ofGradle(tree: Tree, folder: string, files: readonly string[]): Finding {
  const gradle = tree.paths.includes('gradlew') ? './gradlew' : 'gradle'
  const task = folder === '' ? 'jmhJar' : `:${folder.replaceAll('/', ':')}:jmhJar`
  return {
    ...base(tree, folder, files),
    run: within(folder, `java -jar build/libs/*-jmh.jar ${SHORT}`),
    build: [`${gradle} --quiet ${task}`],
  }
}

function java(tree: Tree): Setup {
  const version = tree.paths.includes('.java-version')
    ? { 'java-version-file': '.java-version' }
    : { 'java-version': 21 }
  return { kind: 'action', action: 'actions/setup-java', with: { distribution: 'temurin', ...version } }
}
