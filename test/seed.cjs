// Property tests try the same cases in every run, so that a failure is one of the change at hand and comes again.
// FUZZ=1 tries others each time; what that finds names its own seed. CommonJS, as the bundled tests load fast-check.
const process = require('node:process');
const fc = require('fast-check');

if (!process.env.FUZZ) fc.configureGlobal({ seed: 20260823 });
