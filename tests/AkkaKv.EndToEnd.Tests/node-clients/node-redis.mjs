// node-redis against one address (a data node or the router): commands, transactions, publish/subscribe, with RESP 2 or 3.
// Usage: node node-redis.mjs PORT PREFIX RESP
import assert from 'node:assert/strict';
import { createClient, WatchError } from 'redis';

const [port, prefix, resp] = process.argv.slice(2);
const key = name => `${prefix}:${name}`;
const connect = () => createClient({ url: `redis://127.0.0.1:${port}`, RESP: Number(resp), name: 'node-redis', socket: { reconnectStrategy: false } })
  .on('error', error => { throw error; })
  .connect();
const client = await connect();

assert.equal(await client.set(key('text'), 'hällo'), 'OK');
assert.equal(await client.get(key('text')), 'hällo');
assert.equal(await client.get(key('absent')), null);
assert.equal(await client.set(key('expiring'), 'x', { expiration: { type: 'EX', value: 100 } }), 'OK');
assert.ok(await client.ttl(key('expiring')) > 50);
await client.del(key('counter'));
await assert.rejects(client.incr(key('text')), /ERR value is not an integer or out of range/);

const replies = await Promise.all(Array.from({ length: 5000 }, () => client.incr(key('counter'))));
assert.deepEqual(replies, Array.from({ length: 5000 }, (_, index) => index + 1));

assert.deepEqual(await client.multi().set(key('text'), 'x').get(key('text')).exec(), ['OK', 'x']);
const other = await connect();
await client.watch(key('counter'));
await other.incr(key('counter'));
await assert.rejects(client.multi().set(key('counter'), '0').exec(), WatchError);

const subscriber = await connect();
const message = new Promise(resolve => subscriber.subscribe(key('news'), (text, channel) => resolve([channel, text]))
  .then(() => other.publish(key('news'), 'rain')));
assert.deepEqual(await message, [key('news'), 'rain']);

const found = new Set();
for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: 500 })) [keys].flat().forEach(one => found.add(one));
assert.ok(found.has(key('counter')));
const hello = await client.sendCommand(['CONFIG', 'GET', 'databases']);
assert.equal(Array.isArray(hello) ? hello[1] : hello.databases, '16');

for (const one of [client, other, subscriber]) one.destroy();
console.log('done');
