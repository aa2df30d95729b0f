from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='keycheck',
            name='is_in_use',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='keycheck',
            name='made_at',
            field=models.DateTimeField(null=True),
        ),
    ]
