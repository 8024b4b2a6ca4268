// node-redis in sentinel mode: writes until it has written to two masters, one after the other.
// Usage: node node-redis-sentinel.mjs SENTINEL-PORT…   Says "writing to PORT" for each master, "done" at the end.
import { setTimeout as delay } from 'node:timers/promises';
import { createSentinel } from 'redis';

const sentinel = createSentinel({
  name: 'mymaster', sentinelRootNodes: process.argv.slice(2).map(port => ({ host: '127.0.0.1', port: Number(port) })), scanInterval: 500,
});
sentinel.on('error', () => { }); // a connection that breaks in a failover is expected
await sentinel.connect();

const masters = new Set();
while (masters.size < 2) {
  try {
    await sentinel.set('node-redis:sentinel', `${masters.size}`);
    const { port } = sentinel.getMasterNode();
    if (!masters.has(port)) console.log(`writing to ${port}`);
    masters.add(port);
  } catch { /* during the failover */ }
  await delay(20);
}
sentinel.destroy();
console.log('done');
