// Starts the embedded Lean: `node launch.js LEAN_JS ARGUMENT...`
//
// Lean sees a small file system of its own, whose folders are those that DEEPTHEORY_MOUNTS names (a
// JSON object: path inside -> path outside), so that no path of this machine reaches it.
//
// The process ends as soon as the one that started it is gone.  The standard input is a pipe whose
// other end the parent holds open: the read below returns only when the parent closes it or dies,
// however it dies.  The main thread may be busy in WebAssembly for minutes, so a thread of its own
// waits.
"use strict";
const { Worker, isMainThread, workerData } = require("node:worker_threads");

if (isMainThread) {
  new Worker(__filename, { workerData: "guard", execArgv: [] }).unref();
  const script = process.argv[2];
  process.argv = [process.argv[0], "/lean/bin/lean", ...process.argv.slice(3)];
  require(script);
} else if (workerData === "guard") {
  const fs = require("node:fs");
  const buffer = Buffer.alloc(64);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    let count = 0;
    try {
      count = fs.readSync(0, buffer, 0, buffer.length, null);
    } catch (error) {
      if (error.code === "EAGAIN" || error.code === "EINTR") {
        Atomics.wait(pause, 0, 0, 200);
        continue;
      }
    }
    if (count === 0) {
      process.kill(process.pid, "SIGKILL");
    }
  }
}
