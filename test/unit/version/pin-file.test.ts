import { expect, test } from 'vitest'
import { withPin } from '../../../src/version/pin-file.js'

test.each([
  ['in no file', undefined, '1.27.4\n'],
  ['in an empty file', '', '1.27.4\n'],
  ['for a version', '1.22.1\n', '1.27.4\n'],
  ['without a last newline', 'go1.22.1', '1.27.4'],
  ['with comments around it', '# ours\n\n  1.22 # since May\n# end\n', '# ours\n\n  1.27.4 # since May\n# end\n'],
  ['with CRLF', '# ours\r\n1.22\r\n', '# ours\r\n1.27.4\r\n'],
  ['beside further lines', '1.22\n1.19\n', '1.27.4\n1.19\n'],
  ['after comments only', '# ours', '# ours\n1.27.4\n'],
  ['for what is no version', '$(touch bad) $x\n', '1.27.4\n'],
])('a pin is written %s, and the rest stays', (_, before, after) => {
  expect(withPin(before, '1.27.4')).toBe(after)
})
