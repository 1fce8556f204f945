import { csvReader } from './csv.ts'
import type { Importer } from './importer.ts'
import { rowImporter } from './intake/row-importer.ts'
import { jsonlReader } from './jsonl/jsonl.ts'
import { kerasHistoryReader } from './keras-history.ts'
import { mlflowReader } from './mlflow/mlflow.ts'
import { tfeventsImporter } from './tfevents-importer.ts'
import { trackioReader } from './trackio.ts'
import { wandbReader } from './wandb/wandb.ts'

/** What runs can be imported from. Where a path holds several kinds, the first one here is meant: the more a format says of itself, the earlier. */
export const IMPORTERS: readonly Importer[] = [
  tfeventsImporter,
  rowImporter(wandbReader),
  rowImporter(mlflowReader),
  rowImporter(trackioReader),
  rowImporter(jsonlReader),
  rowImporter(kerasHistoryReader),
  rowImporter(csvReader),
]
