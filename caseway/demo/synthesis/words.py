"""Believable sentences, from a seed: the same seed writes the same world."""

import random

PLACES = (
    "Rotterdam",
    "Duluth",
    "Reno",
    "Oakland",
    "Lyon",
    "Gdansk",
    "Savannah",
    "Laredo",
    "Hamburg",
    "Kansas City",
    "Antwerp",
    "Memphis",
    "Leipzig",
    "Tacoma",
    "Valencia",
    "Columbus",
    "Felixstowe",
    "Dallas",
    "Trieste",
    "Newark",
)
GOODS = (
    "sideboard",
    "armchairs",
    "bed frames",
    "garden tables",
    "lamps",
    "mattresses",
    "bookcases",
    "rugs",
    "ceramic planters",
    "parasols",
    "dining chairs",
    "wardrobes",
    "desks",
    "mirrors",
    "benches",
    "cabinets",
)
FIRST = (
    "Amara",
    "Jonas",
    "Mei",
    "Priya",
    "Tom",
    "Olena",
    "Ruth",
    "Hana",
    "Marek",
    "Lena",
    "Diego",
    "Fatima",
    "Noah",
    "Ines",
    "Tariq",
    "Greta",
    "Paulo",
    "Yuki",
    "Sven",
    "Zofia",
    "Ravi",
    "Clara",
    "Emre",
    "Nina",
)
LAST = (
    "Nwosu",
    "Weber",
    "Tanaka",
    "Raman",
    "Becker",
    "Kovalenko",
    "Adeyemi",
    "Lindgren",
    "Silva",
    "Park",
    "Moreno",
    "Haddad",
    "Fischer",
    "Costa",
    "Aziz",
    "Larsen",
    "Okoye",
    "Sato",
    "Berg",
    "Nowak",
    "Iyer",
    "Dubois",
    "Müller",
    "Lefèvre",
    "Åkesson",
)
COMPANIES = (
    "Interiors",
    "Hotels",
    "Cafes",
    "Studios",
    "Wholesale",
    "Outlets",
    "Furnishing",
    "Garden Centres",
    "Retail",
    "Supplies",
    "Offices",
    "Residences",
)
SUBJECTS = (
    "{goods} delivered damaged in {place}",
    "Where is the second pallet of {goods}?",
    "Move delivery of {goods} to another day",
    "Wrong address on the label, {place}",
    "{goods}: two cartons short",
    "Proof of delivery for {goods} in {place}",
    "Shipment held at {place} terminal",
    "Refused by receiver in {place}",
    "Customs papers missing for {goods}",
    "Invoice does not match delivery to {place}",
)
STATEMENTS = (
    "the driver wrote carton damaged on the delivery note before we could look inside",
    "our loading bay in {place} is closed on Monday for repairs and nobody can receive freight",
    "the tracking page has shown the same terminal since Tuesday evening without any new scan",
    "please send the exception photos from {place} and hold the original crate for inspection",
    "one pallet of {goods} arrived but the second one is still missing from this order",
    "we need a replacement before the opening on Friday or the whole floor stays empty",
    "the receiver says that nobody called ahead although the appointment was confirmed in writing",
    "I have asked the terminal in {place} for the gate record and will come back before noon",
    "the reference on the bill of lading differs from the one on the commercial invoice",
    "we accept the pickup between seven and nine with two men and a lift gate",
    "the {goods} are packed in double wall cartons with corner protection on all sides",
    "kindly confirm the new delivery window and the name of the person on site",
    "the carrier reports bad weather north of {place} and a delay of one working day",
    "weight and dimensions were measured again at the hub and match our own figures",
    "our customer refuses the delivery because the seal was already broken at arrival",
    "a credit note has been requested and should reach your accounts team this week",
)
RARE = ("zeppelin", "quartzite", "marzipan", "obsidian", "xylophone", "jacquard", "bergamot", "kaleidoscope")
RARE_EVERY = 2000


class Writer:
    """Writes from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a world, not a secret
        self._sentences = [self._sentence() for _ in range(3000)]
        self._written = 0

    def _fill(self, pattern: str) -> str:
        return pattern.format(place=self.chance.choice(PLACES), goods=self.chance.choice(GOODS))

    def _sentence(self) -> str:
        first = self._fill(self.chance.choice(STATEMENTS))
        return f"{first[0].upper()}{first[1:]}, and {self._fill(self.chance.choice(STATEMENTS))}."

    def subject(self) -> str:
        """A subject line."""
        line = self._fill(self.chance.choice(SUBJECTS))
        return line[0].upper() + line[1:]

    def text(self, words: int) -> str:
        """About `words` words in paragraphs; one text in two thousand has a rare word."""
        self._written += 1
        sentences = self.chance.choices(self._sentences, k=max(1, round(words / 28)))
        if self._written % RARE_EVERY == 0:
            sentences.append(f"The carton is marked {self.chance.choice(RARE)}.")
        return "\n\n".join(sentences)

    def name(self) -> str:
        """A person's name."""
        return f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"

    def receiver(self) -> str:
        """Where goods go to: thousands of different ones."""
        return f"{self.company()} {self.chance.choice(PLACES)}"

    def company(self) -> str:
        """A company's name."""
        return f"{self.chance.choice(LAST)} {self.chance.choice(COMPANIES)}"
