// What must hold in a run of one of the repository's commands: printed as it is found, and counted.

export function checks() {
  const count = { passed: 0, failed: 0, skipped: 0 }

  return {
    /** One fact that must hold. @param {string} [found] what was found instead */
    check(what, holds, found = '') {
      count[holds ? 'passed' : 'failed']++
      console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}${holds || found === '' ? '' : `: ${found}`}`)
    },

    /** One that could not be tried here. */
    skip(what, why) {
      count.skipped++
      console.log(`skip   ${what}: ${why}`)
    },

    /** The run's last line, and its exit code: 1 when anything failed. */
    end() {
      console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
      process.exitCode = count.failed > 0 ? 1 : 0
    },
  }
}
