import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startSimulators } from '#simulators/index'
import { ask, homeboxClient } from '#test/simulator-client'

describe('starting the simulators', () => {
  it('gives each provider a loopback address and the credentials that its clients need', async () => {
    const simulators = await startSimulators()
    const { stop, ...running } = simulators
    expect(Object.keys(running)).toEqual(['homebox', 'housr', 'one_utility_bill', 'mybeezbox'])
    for (const { url } of Object.values(running)) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(Object.values(running).map(({ credentials }) => Object.keys(credentials))).toEqual([
      ['token'],
      ['api_key'],
      ['client_id', 'client_secret'],
      ['username', 'password'],
    ])
    await stop()
  })

  it('answers at a given port', async () => {
    const found = await startSimulators()
    const port = Number(new URL(found.homebox.url).port)
    await found.stop()
    const simulators = await startSimulators({ ports: { homebox: port } })
    expect(simulators.homebox.url).toBe(`http://127.0.0.1:${port}`)
    expect((await homeboxClient(simulators.homebox).get('/api/partner/account')).status).toBe(200)
    await simulators.stop()
  })

  it('leaves nothing open when a port is taken', async () => {
    const taken = createServer()
    await once(taken.listen(0, '127.0.0.1'), 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const probe = await startSimulators()
    const free = Number(new URL(probe.homebox.url).port)
    await probe.stop()
    const starting = startSimulators({ ports: { homebox: free, one_utility_bill: port } })
    await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(ask(`http://127.0.0.1:${free}/`, 'GET')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    taken.close()
  })

  it('answers nobody once stopped', async () => {
    const simulators = await startSimulators()
    await simulators.stop()
    await expect(ask(simulators.housr.url, 'GET')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
