// Stands in for the native watchdog, which is not compiled here: ends this process when the one it belongs to is gone.
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.exit(87);
    }
  }, 2000).unref();
};
exports.exit = (code) => process.exit(code ?? 0);
