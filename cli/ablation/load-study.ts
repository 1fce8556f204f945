import { resolve } from 'node:path'
import { StudyProblem } from '../../core/ablation/study-problem.ts'
import { isPlainObject } from '../../core/plain-json.ts'
import type { AblateOptions } from '../../trainer/ablation/ablate-options.ts'
import { checkStudyKeys } from '../../trainer/ablation/check-study.ts'
import { ABLATE_KEYS, planStudy, type StudyPlan } from '../../trainer/ablation/plan-study.ts'
import type { TrainCell } from '../../trainer/ablation/train-here.ts'
import type { CommandStudy } from './command-cell.ts'
import { fillCommand, parseCommand } from './command-template.ts'
import { checkLabVariants, labBase, mergeLab, trainLabCell } from './lab-study.ts'
import { readStudyFile } from './study-file.ts'

/** A study with what trains it: another program, or a function in this one. */
export type LoadedStudy = { plan: StudyPlan } & ({ command: CommandStudy } | { train: TrainCell })

const KINDS = ['train', 'command', 'lab'] as const

/** Reads a study and checks it whole, every variant's command or config too. */
export async function loadStudy(path: string, overrides: Partial<AblateOptions>): Promise<LoadedStudy> {
  const file = await readStudyFile(path)
  try {
    const { train, command, lab, cwd, env, ...declared } = file.study
    checkStudyKeys(file.study, [...KINDS, 'cwd', 'env', ...ABLATE_KEYS])
    const given = KINDS.filter((kind) => file.study[kind] !== undefined)
    if (given.length !== 1)
      throw new StudyProblem(
        given.length === 0
          ? 'nothing says how to train: give command (a program), lab (a config of the lab) or, in a module, train (a function)'
          : `${given.join(' and ')} are given: one of them trains`,
        given.slice(1),
      )
    if (command === undefined && (cwd !== undefined || env !== undefined))
      throw new StudyProblem(`${cwd === undefined ? 'env' : 'cwd'} belongs to a command`, [cwd === undefined ? 'env' : 'cwd'])
    const options = { ...declared, ...overrides } as unknown as AblateOptions
    if (lab !== undefined) {
      const base = await labBase(lab, declared.base, file.folder)
      const project = options.project ?? (typeof base.project === 'string' ? base.project : undefined)
      const plan = planStudy({ ...options, base, ...(project !== undefined && { project }) }, mergeLab)
      checkLabVariants(plan)
      return { plan, train: (config, run) => trainLabCell(config, run, plan.location) }
    }
    const plan = planStudy(options)
    if (train !== undefined) {
      if (typeof train !== 'function') throw new StudyProblem('train must be a function (config, run) => …', ['train'])
      return { plan, train: train as TrainCell }
    }
    return { plan, command: readCommand(plan, { command, cwd, env }, file.folder) }
  } catch (error) {
    throw file.explain(error)
  }
}

function readCommand(plan: StudyPlan, given: { command: unknown; cwd: unknown; env: unknown }, folder: string): CommandStudy {
  const { cwd, env = {} } = given
  if (cwd !== undefined && typeof cwd !== 'string') throw new StudyProblem("cwd must be a path, from the study's folder", ['cwd'])
  if (!isPlainObject(env) || Object.values(env).some((value) => value === null || typeof value === 'object'))
    throw new StudyProblem('env must be variables with their texts', ['env'])
  try {
    const template = parseCommand(given.command)
    for (const { label, config } of plan.definition.variants) fillCommand(template, { ...config, seed: 0 }, label)
    const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]))
    return { template, cwd: cwd === undefined ? null : resolve(folder, cwd), env: variables }
  } catch (error) {
    throw error instanceof Error ? new StudyProblem(error.message, ['command']) : error
  }
}
