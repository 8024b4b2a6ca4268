// ioredis against one address (a data node or the router): commands, pipelines, transactions, publish/subscribe.
// Usage: node ioredis.mjs PORT PREFIX
import assert from 'node:assert/strict';
import { Redis } from 'ioredis';

const [port, prefix] = process.argv.slice(2);
const options = { host: '127.0.0.1', port: Number(port), connectionName: 'ioredis', maxRetriesPerRequest: 1, retryStrategy: null };
const client = new Redis(options);
const key = name => `${prefix}:${name}`;

assert.equal(await client.set(key('text'), 'hällo'), 'OK');
assert.equal(await client.get(key('text')), 'hällo');
assert.equal(await client.get(key('absent')), null);
assert.deepEqual(await client.getBuffer(key('text')), Buffer.from('hällo'));
await client.del(key('counter'));
await assert.rejects(client.incr(key('text')), /ERR value is not an integer or out of range/);

const values = await client.pipeline().incr(key('counter')).incr(key('text')).incr(key('counter')).exec();
assert.equal(values[0][1], 1);
assert.match(values[1][0].message, /not an integer/);
assert.equal(values[2][1], 2);

assert.deepEqual(await client.multi().incr(key('counter')).get(key('counter')).exec(), [[null, 3], [null, '3']]);
await client.watch(key('counter'));
const other = client.duplicate();
await other.incr(key('counter'));
assert.equal(await client.multi().set(key('counter'), 0).exec(), null, 'a watched key has changed');

const subscriber = client.duplicate();
const message = new Promise(resolve => subscriber.on('message', (channel, text) => resolve([channel, text])));
assert.equal(await subscriber.subscribe(key('news')), 1);
assert.equal(await client.publish(key('news'), 'rain'), 1);
assert.deepEqual(await message, [key('news'), 'rain']);

const many = await Promise.all(Array.from({ length: 5000 }, (_, index) => client.set(key(`many:${index}`), index)));
assert.ok(many.every(reply => reply === 'OK'));
const found = new Set();
for await (const keys of client.scanStream({ match: key('many:*'), count: 500 })) keys.forEach(one => found.add(one));
assert.equal(found.size, 5000);

assert.match(await client.info('server'), /redis_version:7\.0\.15/);
for (const one of [client, other, subscriber]) one.disconnect();
console.log('done');
