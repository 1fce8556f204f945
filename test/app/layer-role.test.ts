import { expect, it } from 'vitest'
import { guessLayer, roleOfLayer } from '../../app/_findings/layer-role.ts'

it('guesses the layer of a metric from the end of its name', () => {
  expect(['scale of conv1', 'ratios/block1/conv1', 'ratio:conv1', 'conv1', 'ratios/conv1/'].map(guessLayer)).toEqual(Array(5).fill('conv1'))
  expect(guessLayer('/')).toBe('/')
})

it('tells the role from the layer, whose name may hold colons', () => {
  expect(roleOfLayer('update-ratio:stage:conv1')).toEqual({ choice: 'update-ratio:', layer: 'stage:conv1' })
  expect(roleOfLayer('update-ratio:')).toEqual({ choice: 'update-ratio:', layer: '' })
  expect([roleOfLayer('train-loss'), roleOfLayer('')]).toEqual([null, null])
})
