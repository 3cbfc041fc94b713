import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { jmeterContent } from './jmeter-requests.ts'
import { Requests } from './requests.ts'
import { readXml } from './xml.ts'

/** What is open above an element: a transaction's children are requests, a request's are its redirects and images. */
type Above = 'results' | 'transaction' | 'request'

/** `<testResults>` with a `<sample>` or `<httpSample>` for every sample. */
export function readJmeterXml(text: string): Content {
  const requests = new Requests()
  const above: Above[] = []
  for (const event of readXml(text)) {
    if (event.kind === 'open' && event.name === 'testResults') above.push('results')
    else if (event.name !== 'sample' && event.name !== 'httpSample') continue
    else if (event.kind === 'close') above.pop()
    else {
      const { attributes, line } = event
      const sum = (attributes.get('rm') ?? '').startsWith('Number of samples in transaction :')
      if (above.at(-1) !== 'request') add(requests, attributes, sum, line)
      above.push(sum ? 'transaction' : 'request')
    }
  }
  return jmeterContent(requests)
}

function add(requests: Requests, attributes: ReadonlyMap<string, string>, sum: boolean, line: number): void {
  const latency = figure(attributes.get('t') ?? '', line, 't')
  if (latency < 0) throw new FormatError(line, '"t" is negative', "was the machine's clock set back?")
  const success = attributes.get('s')
  if (success !== 'true' && success !== 'false')
    throw new FormatError(
      line,
      '"s" is neither true nor false',
      'set jmeter.save.saveservice.successful=true',
    )
  const start = Number(attributes.get('ts') ?? Number.NaN)
  requests.add(
    {
      name: attributes.get('lb') || '(no label)',
      latency,
      failed: success === 'false',
      start,
      end: start + latency,
      sum,
    },
    line,
  )
}
