// ioredis in sentinel mode: writes until it has written to two masters, one after the other.
// Usage: node ioredis-sentinel.mjs SENTINEL-PORT…   Says "writing to PORT" for each master, "done" at the end.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

const sentinels = process.argv.slice(2).map(port => ({ host: '127.0.0.1', port: Number(port) }));
const client = new Redis({
  sentinels, name: 'mymaster', failoverDetector: true, sentinelRetryStrategy: () => 50, retryStrategy: () => 50,
  reconnectOnError: error => error.message.startsWith('READONLY') ? 2 : false,
});
client.on('error', () => { }); // a connection that breaks in a failover is expected
const portOf = async () => Number(/tcp_port:(\d+)/.exec(await client.info('server'))[1]);

const replica = new Redis({ sentinels, name: 'mymaster', role: 'slave', sentinelRetryStrategy: () => 50, lazyConnect: true });
replica.on('error', () => { });
await replica.connect();
assert.match(await replica.info('replication'), /role:slave/);
replica.disconnect();

const masters = new Set();
while (masters.size < 2) {
  try {
    await client.set('ioredis:sentinel', masters.size);
    const port = await portOf();
    if (!masters.has(port)) console.log(`writing to ${port}`);
    masters.add(port);
  } catch { /* during the failover */ }
  await delay(20);
}
client.disconnect();
console.log('done');
