// Summarises texts: the sentence whose words are the most frequent ones of the text.
import { createServer } from 'node:http'

function summary(text) {
  const count = new Map()
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) count.set(word, (count.get(word) ?? 0) + 1)
  const weight = (sentence) => {
    const words = sentence.toLowerCase().match(/\w+/g) ?? []
    return words.reduce((sum, word) => sum + count.get(word), 0) / Math.max(1, words.length)
  }
  return text
    .split(/(?<=\.)\s+/)
    .reduce((best, sentence) => (weight(sentence) > weight(best) ? sentence : best))
}

createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8').on('data', (piece) => (text += piece))
  request.on('end', () => response.end(summary(text)))
}).listen(process.env.PORT, '127.0.0.1')
