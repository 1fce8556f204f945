/** What `lossboard train` is given. */
export interface TrainOptions {
  set?: string[]
  seeds?: string
  resume?: string
  from?: string
  example?: string
  name?: string
  project?: string
  dir?: string
  stopOn?: string
  quiet?: boolean
  dryRun?: boolean
  schema?: boolean
}
