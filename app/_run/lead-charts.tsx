'use client'

import type { RunCharts } from '../../core/run-charts.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { EmptyChart } from './empty-chart.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'
import { SameBatchChart } from './same-batch-chart.tsx'

/** The two charts one looks at first, then loss of all splits and the learning rate. */
export function LeadCharts({ data, charts }: { data: RunData; charts: RunCharts }) {
  const { trainLoss, loss, accuracy, learningRate } = charts.lead
  return (
    <section className="flex flex-col gap-3" data-testid="lead-charts">
      <CardGrid>
        {trainLoss === null ? (
          <EmptyChart title="Loss" code={"run.log({ 'train/loss': loss }, step)"} />
        ) : (
          <MetricChart data={data} names={[trainLoss]} title={`${trainLoss}: every value and moving average`} variant="scatter" main="loss" eager />
        )}
        {accuracy.length === 0 ? (
          <EmptyChart title="Train and validation accuracy" code={"run.log({ 'train/accuracy': a, 'val/accuracy': b }, step)"} />
        ) : (
          <MetricChart data={data} names={accuracy} title={namesTogether(accuracy)} variant="train-val" main="accuracy" eager />
        )}
      </CardGrid>
      <CardGrid>
        {loss.length < 2 ? (
          <EmptyChart title="Train against validation loss" code={"run.log({ 'val/loss': loss }, step)"}>
            The gap between both tells overfitting. To see it, log
          </EmptyChart>
        ) : (
          <MetricChart data={data} names={loss} title={namesTogether(loss)} variant="train-val" />
        )}
        {learningRate.length === 0 ? (
          <EmptyChart title="Learning rate" code={'run.log({ lr: optimizer.learningRate }, step)'} />
        ) : (
          <MetricChart data={data} names={learningRate} title="Learning rate" raw />
        )}
        {charts.penalty === null ? null : (
          <MetricChart
            data={data}
            names={[...(trainLoss === null ? [] : [trainLoss]), charts.penalty]}
            title="Data loss and penalty"
            labels={PENALTY_LABELS}
          />
        )}
        {charts.sameBatch.length === 0 ? null : <SameBatchChart data={data} />}
      </CardGrid>
    </section>
  )
}

/** Regularization adds the penalty to the loss that is minimised; only the data loss can be compared between runs. */
const PENALTY_LABELS = { 'train/loss': 'data loss', 'train/penalty': 'penalty (weight decay)' }

/** `train/loss`, `val/loss` → `train/loss · val/loss`: the card is named for its lines. */
function namesTogether(names: string[]): string {
  return names.join(' · ')
}
