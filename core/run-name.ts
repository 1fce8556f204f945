const ADJECTIVES =
  'able agile amber ancient azure bold brave bright brisk calm candid clever cosmic crisp curious daring deft eager early earnest fair fearless fleet fond gentle gilded glad golden grand hardy hidden honest humble ivory jolly keen kind lively loyal lucid lucky lunar mellow merry mighty mild misty modest nimble noble patient placid plucky polar proud quick quiet rapid ready robust rosy royal sage serene sharp shiny silent silver sleek smooth snug solar solid spry stable stark steady stout sturdy subtle sunny swift tender tidy tranquil true trusty upbeat vast velvet vivid warm wild wise witty young zesty'.split(
    ' ',
  )
const ANIMALS =
  'alpaca antelope badger beaver bison bobcat buffalo camel caribou cheetah condor cougar coyote crane dingo dolphin dove eagle egret elk falcon ferret finch fox gazelle gecko gibbon goose gopher grouse gull hare hawk heron hornet ibex ibis iguana impala jackal jaguar jay kestrel kiwi koala lark lemur leopard llama lynx macaw magpie marlin marmot marten moose narwhal newt ocelot orca oriole osprey otter owl panda panther parrot pelican penguin petrel pigeon plover puffin puma quail rabbit raven robin salmon seal shrew skunk sloth sparrow stork swallow swan swift tapir tern tiger toucan trout turtle viper walrus weasel whale wolf wombat wren yak zebra'.split(
    ' ',
  )

/** `adjective-animal-number`. `random` gives numbers in [0, 1); `number` is the run's number in its project. */
export function makeRunName(number: number, random: () => number): string {
  const pick = (words: string[]) => words[Math.floor(random() * words.length)]!
  return `${pick(ADJECTIVES)}-${pick(ANIMALS)}-${number}`
}
