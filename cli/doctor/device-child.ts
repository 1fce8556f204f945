import { loadTf } from '../../trainer/tfjs/load-tf.ts'

/** Says what TensorFlow.js would compute on. A process of its own: the native packages print, hold memory and may crash. */
try {
  const { description, device, warnings } = await loadTf()
  process.send?.({ description, device, warnings })
} catch (error) {
  process.send?.({ missing: error instanceof Error ? error.message : String(error) })
}
process.disconnect()
