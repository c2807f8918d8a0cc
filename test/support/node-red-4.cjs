/** Preloaded (`npm run test:4.1`): whoever asks for Node-RED gets 4.1, the oldest line that is supported. */
const Module = require('node:module');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolveFilename.call(this, request.replace(/^node-red(?=$|\/)/, 'node-red-4'), ...rest);
};
