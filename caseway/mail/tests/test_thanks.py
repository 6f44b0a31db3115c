"""Only thanks, in several languages; and what looks like it and is not."""

import pytest

from caseway.mail.incoming.thanks import only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much.",
        "thx",
        "Great, thanks a lot!",
        "Hi Ana,\n\nthank you very much for your help!\n\nBest regards,\nKim Tran",
        "OK, thanks and have a nice day",
        "Perfect. Thank you again. Kim",
        "Many thanks 👍",
        "Vielen Dank!",
        "Hallo Ana, danke für die schnelle Antwort. Mit freundlichen Grüßen\nKim",
        "Alles klar, danke schön",
        "¡Muchas gracias!",
        "Perfecto, gracias por su ayuda. Saludos",
        "Merci beaucoup",
        "Parfait, merci pour votre réponse. Bonne journée !",
        "Cảm ơn bạn rất nhiều",
        "Xin cám ơn ạ",
        "谢谢！",
        "好的，谢谢您的帮助",
        "感谢",
        "Grazie mille",
        "Hartelijk bedankt",
    ],
)
def test_thanks(text):
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Thanks, but the parcel is still missing.",
        "Thanks! When will it arrive?",
        "Thank you for nothing",
        "Thanks. It broke again",
        "Thanks, please also change the address.",
        "Danke, aber die Palette fehlt noch.",
        "Danke. Bitte rufen Sie mich an",
        "Gracias, pero no ha llegado",
        "Merci, mais toujours rien reçu",
        "Cảm ơn, nhưng tôi chưa nhận được hàng",
        "谢谢，但是还没有收到货",
        "Kim",
        "Best regards",
        "Hello Ana",
        "Thanks for 3 boxes",
        "no",
        "Thanks\n" + "x" * 200,
        "thanksgiving delivery",
        "Thanks CANCEL it all now please",
    ],
)
def test_no_thanks(text):
    assert not only_thanks(text)
