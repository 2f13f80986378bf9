// Ends this process as soon as the process that started it is gone.
//
// The standard input is a pipe whose other end the parent holds open: the read below returns only
// when the parent closes it or dies, however it dies.  The main thread may be busy in WebAssembly
// for minutes, so a thread of its own waits.
"use strict";
const { Worker, isMainThread } = require("node:worker_threads");

if (isMainThread) {
  new Worker(__filename, { stdin: false, execArgv: [] }).unref();
} else {
  const fs = require("node:fs");
  const buffer = Buffer.alloc(64);
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    let count = 0;
    try {
      count = fs.readSync(0, buffer, 0, buffer.length, null);
    } catch (error) {
      if (error.code === "EAGAIN" || error.code === "EINTR") {
        Atomics.wait(wait, 0, 0, 200);
        continue;
      }
    }
    if (count === 0) {
      process.kill(process.pid, "SIGKILL");
    }
  }
}
