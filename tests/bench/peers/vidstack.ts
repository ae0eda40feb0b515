// A player of vidstack with its default layout; only its weight is measured.
import 'vidstack/player'
import 'vidstack/player/layouts/default'
import 'vidstack/player/ui'
