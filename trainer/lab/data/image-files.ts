import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LossboardError } from '../../../core/errors.ts'

export interface ImageFile {
  path: string
  label: string
}

export interface ImageFolder {
  /** Names of the class folders of all splits, sorted by their characters. */
  classes: string[]
  train: ImageFile[]
  validation: ImageFile[] | null
  test: ImageFile[] | null
  /** Files that are no PNG or JPEG by their name. */
  otherFiles: number
  /** Folders beside those of the splits. */
  otherFolders: string[]
}

const SPLIT_FOLDERS = { train: ['train', 'training'], validation: ['val', 'validation', 'valid'], test: ['test', 'testing'] }
const IMAGE = /\.(png|jpe?g)$/i

/** Lists `root/class/*.png|jpg`, or `root/train|val|test/class/*`, in an order that is the same everywhere. */
export function listImages(folder: string): ImageFolder {
  const root = resolve(folder)
  const top = subfolders(root)
  const find = (names: string[]) => top.find((name) => names.includes(name.toLowerCase()))
  const named = find(SPLIT_FOLDERS.train)
  // A folder of pictures of trains is a class.
  const trainFolder = named !== undefined && subfolders(join(root, named)).length > 0 ? named : undefined
  const listing = { otherFiles: 0, classes: new Set<string>() }
  if (trainFolder === undefined) {
    const train = imagesOf(root, listing)
    return { classes: checked(root, listing.classes), train, validation: null, test: null, otherFiles: listing.otherFiles, otherFolders: [] }
  }
  const part = (name: string | undefined) => (name === undefined ? null : imagesOf(join(root, name), listing))
  const train = imagesOf(join(root, trainFolder), listing)
  const trained = new Set(listing.classes)
  const [validationFolder, testFolder] = [find(SPLIT_FOLDERS.validation), find(SPLIT_FOLDERS.test)]
  const [validation, test] = [part(validationFolder), part(testFolder)]
  const otherFolders = top.filter((name) => ![trainFolder, validationFolder, testFolder].includes(name))
  const untrained = [...listing.classes].find((name) => !trained.has(name))
  if (untrained !== undefined)
    throw new LossboardError('invalid_value', `${root}: class "${untrained}" has no folder under ${trainFolder}/: it cannot be learnt`)
  return { classes: checked(root, listing.classes), train, validation, test, otherFiles: listing.otherFiles, otherFolders }
}

function checked(root: string, classes: Set<string>): string[] {
  if (classes.size < 2)
    throw new LossboardError(
      'invalid_value',
      `${root}: ${classes.size} class folders with images: put PNG or JPEG files into one folder per class, at least 2`,
    )
  return [...classes].sort(byCharacters)
}

function imagesOf(root: string, listing: { otherFiles: number; classes: Set<string> }): ImageFile[] {
  const files: ImageFile[] = []
  for (const label of subfolders(root)) {
    const names = entries(join(root, label))
      .filter((entry) => !isFolder(join(root, label), entry))
      .map((entry) => entry.name)
      .sort(byCharacters)
    const images = names.filter((name) => IMAGE.test(name))
    listing.otherFiles += names.length - images.length
    if (images.length > 0) listing.classes.add(label)
    files.push(...images.map((name) => ({ path: join(root, label, name), label })))
  }
  return files
}

function subfolders(folder: string): string[] {
  return entries(folder)
    .filter((entry) => isFolder(folder, entry))
    .map((entry) => entry.name)
    .sort(byCharacters)
}

/** Hidden files, such as those that macOS leaves everywhere, are not looked at. */
function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new LossboardError('not_found', `${folder}: there is no such folder`)
    if (code === 'ENOTDIR') throw new LossboardError('invalid_value', `${folder} is a file: data.path must be a folder with one folder per class`)
    throw new LossboardError('invalid_value', `${folder}: it cannot be read (${code ?? String(error)})`)
  }
}

function isFolder(parent: string, entry: Dirent): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() === true)
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
