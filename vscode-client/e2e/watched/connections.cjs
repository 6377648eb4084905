/**
 * Loaded into each node of VS Code, that of the extension host among them: notes in the file
 * CODEACT_CONNECTIONS what it connects to. What makes a connection in JavaScript comes through here.
 */

const children = require("node:child_process");
const { appendFileSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { Socket } = require("node:net");
const dgram = require("node:dgram");

const who = process.argv.find((part) => part.startsWith("--type="))?.slice("--type=".length) ?? "node";

function note(what) {
  appendFileSync(process.env.CODEACT_CONNECTIONS, `${who} ${what}\n`);
}

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...given) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const { host, port, path } = typeof first === "object" ? first : { host: second, port: first };
  // Only a number is a port; all else is the path of a socket on this machine.
  if (path === undefined && Number.isInteger(Number(port))) {
    note(`connects ${typeof host === "string" ? host : "localhost"} ${port}`);
  }
  return connect.apply(this, given);
};

const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...given) {
  note(`sends ${given.findLast((each) => typeof each === "string") ?? "localhost"}`);
  return send.apply(this, given);
};

// VS Code takes NODE_OPTIONS from what it starts, the extension host among that.
const fork = children.fork;
children.fork = (module, ...given) => {
  const args = Array.isArray(given[0]) ? given[0] : [];
  const options = given.find((each) => !Array.isArray(each)) ?? {};
  const execArgv = [...(options.execArgv ?? process.execArgv), `--require=${__filename}`];
  return fork(module, args, { ...options, execArgv });
};
syncBuiltinESMExports();

note("watched");
