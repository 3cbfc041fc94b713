import type { StreamFormat } from './format.ts'
import { jmeterRows, separatorOf } from './jmeter-csv.ts'
import { readJmeterXml } from './jmeter-xml.ts'
import { chosenBy, endedLines, wholeText } from './whole-text.ts'

/** JMeter's result files (JTL), as csv and as XML. https://jmeter.apache.org/usermanual/listeners.html */
export const jmeter: StreamFormat = {
  name: 'jmeter',
  title: 'JMeter (JTL csv, xml)',
  keeps: 'raw samples in whole milliseconds',
  detect: (start) => XML.test(start) || separatorOf(start) !== undefined,
  open: () =>
    chosenBy((head) =>
      XML.test(head) ? wholeText(readJmeterXml) : endedLines(jmeterRows(separatorOf(head) ?? ',')),
    ),
}

const XML = /^\s*(?:<\?xml[^>]*>\s*)?<testResults\b/
