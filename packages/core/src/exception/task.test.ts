import { describe, expect, it } from 'vitest'
import { Task } from './task.ts'

const aTask = {
  tenant: 'acme',
  taskId: 'T-1',
  exceptionId: 'delivery-1#3',
  subject: { aggregate: 'invoice', key: 'acme/0001/S100/INV-1/standard' },
  sentence: 'ask the supplier for a credit of 50.00 EUR',
  owner: { role: 'buyer', person: null },
  openedAt: '2026-12-02T09:00:00Z',
  dueAt: '2026-12-03T09:00:00Z',
  state: 'open',
  done: null,
}

describe('a task', () => {
  it('always says who is to do what by when', () => {
    expect(Task.safeParse(aTask).success).toBe(true)
    const { owner: _, ...nobodys } = aTask
    expect(Task.safeParse(nobodys).success).toBe(false)
    const { tenant: __, ...nowhere } = aTask
    expect(Task.safeParse(nowhere).success).toBe(false)
    expect(Task.safeParse({ ...aTask, dueAt: null }).success).toBe(false)
    expect(Task.safeParse({ ...aTask, sentence: '' }).success).toBe(false)
  })
})
