/** log10 of the update ratio one hopes for, and of the band around it that is usual in healthy training. */
export const GUIDE = -3
export const BAND: readonly [number, number] = [-4, -2]
/** Decades on each side of the guide until the colour is full. */
export const REACH = 3
