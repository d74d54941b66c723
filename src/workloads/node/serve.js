// An HTTP server; some requests do what services do: hash in the thread pool, files, programs, worker threads, other servers.
'use strict';
const { execFile } = require('child_process');
const crypto = require('crypto');
const fs = require('fs/promises');
const http = require('http');
const os = require('os');
const path = require('path');
const { Worker } = require('worker_threads');
const { promisify } = require('util');
const zlib = require('zlib');

const port = Number(process.env.PORT);

async function file() {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'serve-'));
	const name = path.join(folder, 'numbers');
	await fs.writeFile(name, Array.from({ length: 1000 }, (_, n) => n).join('\n'));
	const lines = (await fs.readFile(name, 'utf8')).split('\n').length;
	await fs.rm(folder, { recursive: true });
	return lines;
}

function worker() {
	return new Promise((done, failed) => {
		const source = 'require("worker_threads").parentPort.postMessage(6 * 7)';
		new Worker(source, { eval: true }).on('message', done).on('error', failed);
	});
}

function itself() {
	return new Promise((done, failed) => {
		http.get({ port, host: '127.0.0.1', path: '/hello' }, answer => done(answer.statusCode)).on('error', failed);
	});
}

const answers = {
	'/hello': async () => 'hello',
	'/file': file,
	'/worker': worker,
	'/itself': itself,
	'/program': async () => (await promisify(execFile)('sh', ['-c', 'seq 1 10 | wc -l'])).stdout.trim(),
	'/hash': async () => (await promisify(crypto.pbkdf2)('password', 'salt', 1000, 8, 'sha256')).length,
	'/zip': async () => (await promisify(zlib.gunzip)(await promisify(zlib.gzip)(Buffer.alloc(100000)))).length,
};

http.createServer(async (request, response) => {
	try {
		const answer = answers[request.url];
		response.statusCode = answer ? 200 : 404;
		response.end(String(answer ? await answer() : 'none'));
	} catch (error) {
		response.statusCode = 500;
		response.end(String(error));
	}
}).listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
