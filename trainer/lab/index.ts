/** `lossboard/lab`: trains networks from one typed config. docs/lab.md describes every name. */
export { SEED_NAMES, type Seeds } from './config/derive-seeds.ts'
export { labConfigJsonSchema } from './config/json-schema.ts'
export type { LabConfig, ResolvedLabConfig } from './config/lab-config.ts'
export { LabConfigError, parseLabConfig } from './config/parse-lab-config.ts'
export { trainLab } from './training/train-lab.ts'
export type { LabProgress, LabResult, LabRunReference, StopReason, TrainLabOptions } from './training/train-options.ts'
