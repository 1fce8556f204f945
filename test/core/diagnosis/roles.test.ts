import { describe, expect, it } from 'vitest'
import { readAssignment } from '../../../core/diagnosis/roles/read-assignment.ts'
import { recognise } from '../../../core/diagnosis/roles/recognise.ts'

const ROLES: Record<string, string[]> = {
  'train-loss': [
    'train/loss',
    'loss',
    'train_loss',
    'Loss/train',
    'training loss',
    'trainLoss',
    'train_loss_step',
    'train/batch_loss',
    'batch_loss',
    'train/loss_total',
    'train.loss',
    'metrics/train/loss',
    'train/cross_entropy',
  ],
  'train-epoch-loss': ['train/epoch-loss', 'epoch_loss', 'train_loss_epoch', 'train/epoch_loss'],
  'train-eval-loss': ['train-eval/loss', 'train_eval_loss'],
  'val-loss': [
    'val/loss',
    'val_loss',
    'eval/loss',
    'eval_loss',
    'validation/epoch_loss',
    'Loss/validation',
    'Loss/valid',
    'valLoss',
    'dev_loss',
    'val_loss_epoch',
    'val_loss/dataloader_idx_0',
  ],
  'test-loss': ['test/loss', 'test_loss', 'Loss/test'],
  'train-accuracy': [
    'train/accuracy',
    'acc',
    'train_acc',
    'Accuracy/train',
    'train/top1',
    'training accuracy',
    'sparse_categorical_accuracy',
    'train_error',
  ],
  'val-accuracy': [
    'val/accuracy',
    'val_acc',
    'val_categorical_accuracy',
    'eval/accuracy',
    'val/acc1',
    'val/top-1',
    'validation/epoch_accuracy',
    'val_err',
  ],
  'learning-rate': ['lr', 'learning_rate', 'train/learning_rate', 'lr-Adam', 'lr-Adam/pg1', 'lr/group0', 'lr_0', 'optim/lr', 'Learning Rate'],
  'gradient-norm': [
    'gradient-norm/global',
    'grad_norm',
    'train/grad_norm',
    'gradient_norm',
    'global_grad_norm',
    'grad_2.0_norm_total',
    'gnorm',
    'grad_norm/total',
  ],
  epoch: ['epoch', 'train/epoch'],
  clipped: ['clipped', 'clip_rate'],
  penalty: ['train/penalty', 'l2_loss', 'train/reg_loss', 'weight_decay_loss'],
}

describe('recognising a series by its name', () => {
  for (const [role, names] of Object.entries(ROLES))
    it(`takes these for ${role}`, () => {
      expect(names.map((name) => [name, recognise(name)?.role])).toEqual(names.map((name) => [name, role]))
    })

  it('leaves alone what only looks like it', () => {
    const names = [
      'loss_G',
      'loss_D',
      'train/policy_loss',
      'train/value_loss',
      'train/box_loss',
      'system/cpu',
      'momentum-SGD',
      'lr-SGD-momentum',
      'train/f1',
      'val/top-5-accuracy',
      'gradient_checkpointing',
      'train/global_step',
      'train/samples_per_second',
      'reward',
    ]
    expect(names.map((name) => [name, recognise(name)?.role])).toEqual(names.map((name) => [name, undefined]))
  })

  it('reads the layer off a name', () => {
    expect(recognise('update-ratio/stage1/conv')).toMatchObject({ role: 'update-ratio', layer: 'stage1/conv' })
    expect(recognise('gradient-norm/dense')).toMatchObject({ role: 'layer-gradient-norm', layer: 'dense' })
    expect(recognise('grad_2.0_norm/fc.weight')).toMatchObject({ role: 'layer-gradient-norm', layer: 'fc.weight' })
  })

  it('reads an error rate as an accuracy from above', () => {
    expect(recognise('val/error')).toMatchObject({ role: 'val-accuracy', scale: 'complement' })
  })

  it('lets the mapping win', () => {
    const mapping = { perf: 'val-accuracy', loss: 'ignore', 'norms/a': 'layer-gradient-norm:a' } as const
    expect(readAssignment('perf', mapping)).toMatchObject({ role: 'val-accuracy', layer: null, rank: 0 })
    expect(readAssignment('loss', mapping)).toBeNull()
    expect(readAssignment('norms/a', mapping)).toMatchObject({ role: 'layer-gradient-norm', layer: 'a' })
    expect(readAssignment('val_loss', mapping)).toMatchObject({ role: 'val-loss' })
  })
})
