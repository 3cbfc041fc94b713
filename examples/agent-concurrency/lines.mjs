/** Whole lines of a socket, one after the other. */
export function onLine(socket, take) {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()
    for (const line of lines) take(line)
  })
}
