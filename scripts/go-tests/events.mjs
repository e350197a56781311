// What `go test -json` said, case by case (go doc test2json).

/**
 * @param {string} text lines of JSON; other lines are the go command's own
 * @returns {{cases: Map<string, {outcome: 'pass' | 'fail' | 'skip', output: string}>, failed: boolean, output: string}} by
 *   the case's name; `failed` when the package did, or never came to an end, and `output` what belongs to no case
 */
export function readEvents(text) {
  const outputs = new Map()
  const cases = new Map()
  let result
  for (const line of text.split('\n')) {
    const event = parse(line)
    if (!event) {
      add(outputs, '', `${line}\n`)
    } else if (event.Action === 'output' || event.Action === 'build-output') {
      add(outputs, event.Test ?? '', event.Output)
    } else if (['pass', 'fail', 'skip'].includes(event.Action)) {
      if (event.Test === undefined) result = event.Action
      else cases.set(event.Test, { outcome: event.Action, output: outputs.get(event.Test) ?? '' })
    } else if (event.Action === 'run') {
      outputs.set(event.Test, '')
    }
  }
  // One that began and did not end was running when the program died.
  for (const [name, output] of outputs) if (name && !cases.has(name)) cases.set(name, { outcome: 'fail', output })
  return { cases, failed: result === undefined || result === 'fail', output: outputs.get('') ?? '' }
}

function parse(line) {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function add(outputs, name, text) {
  outputs.set(name, (outputs.get(name) ?? '') + text)
}
