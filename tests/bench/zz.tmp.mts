import b from '/work/main/tests/bench/worker.bench.ts'
console.log(await b.run())
process.exit(0)
